import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two sides that kineto-speed needs: {@code generate FILE MB} writes a Kineto trace of that size, {@code parse FILE}
 * walks a JSON file with a bare streaming parser and does nothing else.
 */
public final class KinetoSpeed {

    private static final String HEAD = "{\"schemaVersion\": 1, \"distributedInfo\": {\"backend\": \"nccl\", \"rank\": 0,"
            + " \"world_size\": 1}, \"traceEvents\": [\n";
    private static final String OPERATOR = "{\"ph\": \"X\", \"cat\": \"cpu_op\", \"name\": \"aten::%s\", \"pid\": 4037,"
            + " \"tid\": 4037, \"ts\": %s, \"dur\": 9.125, \"args\": {\"External id\": %d, \"Ev Idx\": %d,"
            + " \"Input Dims\": [[2048, 4096], [4096, 4096]], \"Input type\": [\"float\", \"float\"],"
            + " \"Sequence number\": %d}},%n";
    private static final String CALL = "{\"ph\": \"X\", \"cat\": \"cuda_runtime\", \"name\": \"cudaLaunchKernel\", \"pid\":"
            + " 4037, \"tid\": 4037, \"ts\": %s, \"dur\": 4.25, \"args\": {\"External id\": %d, \"cbid\": 211,"
            + " \"correlation\": %d}},%n";
    private static final String KERNEL = "{\"ph\": \"X\", \"cat\": \"kernel\", \"name\": \"void gemm_kernel_%d<float, 128,"
            + " 64>(float const*, float*, int)\", \"pid\": 0, \"tid\": 7, \"ts\": %s, \"dur\": 12.500, \"args\":"
            + " {\"External id\": %d, \"queued\": 0, \"device\": 0, \"context\": 1, \"stream\": 7, \"correlation\": %d,"
            + " \"registers per thread\": 27, \"shared memory\": 0, \"blocks per SM\": 22.222221, \"grid\": [2400, 1, 1],"
            + " \"block\": [256, 1, 1], \"est. achieved occupancy %%\": 100}},%n";
    private static final String FLOW = "{\"ph\": \"%s\", \"id\": %d, \"pid\": %d, \"tid\": %d, \"ts\": %s, \"cat\": \"ac2g\","
            + " \"name\": \"ac2g\"},%n";
    private static final String RANGE = "{\"ph\": \"X\", \"cat\": \"user_annotation\", \"name\": \"it=%d stage=0 mb=%d"
            + " phase=F\", \"pid\": 4037, \"tid\": 4037, \"ts\": %s, \"dur\": 1999.000, \"args\": {}}%s%n";

    private static final long START_US = 1_682_725_898_236_567L;

    private KinetoSpeed() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("generate")) {
            generate(Path.of(args[1]), Long.parseLong(args[2]) * 1_000_000);
        } else {
            parse(Path.of(args[1]));
        }
    }

    private static void generate(Path file, long bytes) throws IOException {
        CountedStream counted = new CountedStream(Files.newOutputStream(file));
        try (PrintStream out = new PrintStream(new BufferedOutputStream(counted, 1 << 16), false, StandardCharsets.UTF_8)) {
            out.print(HEAD);
            int id = 1;
            for (int task = 0; counted.bytes < bytes; task++) {
                for (int kernel = 0; kernel < 100; kernel++, id++) {
                    String at = (START_US + task * 2000L + kernel * 19) + ".250";
                    out.printf(OPERATOR, kernel % 2 == 0 ? "mm" : "add_", at, id, id, id);
                    out.printf(CALL, at, id, id);
                    out.printf(FLOW, "s", id, 4037, 4037, at);
                    out.printf(KERNEL, kernel % 37, at, id, id);
                    out.printf(FLOW, "f", id, 0, 7, at);
                }
                out.printf(RANGE, task / 8, task % 8, (START_US + task * 2000L) + ".000", ",");
            }
            out.printf(RANGE, 99_999, 0, START_US + ".000", "]}");
        }
    }

    private static void parse(Path file) throws IOException {
        long tokens = 0;
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = new JsonFactory().createParser(in)) {
            while (json.nextToken() != null) {
                tokens++;
            }
        }
        System.out.println(tokens + " tokens");
    }

    private static final class CountedStream extends java.io.FilterOutputStream {

        private long bytes;

        CountedStream(java.io.OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
            bytes += length;
        }
    }
}
