package io.github.bubbletrace.agent.job;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.rapids.cudf.NvtxRange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import jcuda.runtime.JCuda;

/** Uses libraries as jobs do: ONNX Runtime itself, on the processor, and stand-ins of those that need a GPU. */
public final class LibraryJob {

    private LibraryJob() {}

    /** Runs a model on two devices, then on a thread whose name says its stage, then cuDF's ranges. */
    public static void main(String[] args) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(identity())) {
            JCuda.cudaSetDevice(1);
            run(environment, session);
            JCuda.cudaSetDevice(9);
            run(environment, session);
            JCuda.cudaSetDevice(2);
            run(environment, session);
            Thread named = new Thread(() -> run(environment, session), "stage-5");
            named.start();
            named.join();
        }
        try (NvtxRange outer = new NvtxRange("a query");
                NvtxRange inner = new NvtxRange("it=3 stage=7 mb=4 phase=B")) {
            System.out.println(outer.name() + inner.name());
        }
    }

    private static void run(OrtEnvironment environment, OrtSession session) {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, new float[] {1, 2});
                OrtSession.Result result = session.run(Map.of("x", input))) {
            System.out.println(((float[]) result.get(0).getValue())[1]);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A model of ONNX that returns its input, two floats; in Protocol Buffers, field by field. */
    private static byte[] identity() {
        byte[] shape = bytes(1, bytes(1, 2));
        byte[] type = bytes(1, joined(bytes(1, 1), bytes(2, shape)));
        byte[] node = joined(bytes(1, "x"), bytes(2, "y"), bytes(4, "Identity"));
        byte[] graph = joined(
                bytes(1, node),
                bytes(2, "graph"),
                bytes(11, joined(bytes(1, "x"), bytes(2, type))),
                bytes(12, joined(bytes(1, "y"), bytes(2, type))));
        return joined(bytes(1, 8), bytes(7, graph), bytes(8, bytes(2, 13)));
    }

    private static byte[] bytes(int field, int value) {
        return new byte[] {(byte) (field << 3), (byte) value};
    }

    private static byte[] bytes(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Lengths here are below 128, one byte each. */
    private static byte[] bytes(int field, byte[] content) {
        return joined(new byte[] {(byte) (field << 3 | 2), (byte) content.length}, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
