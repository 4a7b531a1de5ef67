import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.runtime.JCuda;
import jcuda.runtime.cudaEvent_t;
import jcuda.runtime.cudaStream_t;

/**
 * A pipeline of threads whose stages launch kernels through JCuda, stage 2's twice as long as the others'; stages share
 * GPUs where there are fewer. Prints how many kernels it launched and what CUDA's events say they took.
 */
public final class JcudaPipeline {

    private static final int STAGES = 4;
    private static final int BATCHES = 8;
    private static final long CYCLES = 4_000_000;

    /** Spins until so many of the GPU's cycles have passed. */
    private static final String KERNEL = String.join(
            "\n",
            ".version 6.4",
            ".target sm_70",
            ".address_size 64",
            ".visible .entry spin(.param .u64 cycles) {",
            ".reg .u64 %rd<5>;",
            ".reg .pred %p<2>;",
            "ld.param.u64 %rd1, [cycles];",
            "mov.u64 %rd2, %clock64;",
            "again:",
            "mov.u64 %rd3, %clock64;",
            "sub.u64 %rd4, %rd3, %rd2;",
            "setp.lt.u64 %p1, %rd4, %rd1;",
            "@%p1 bra again;",
            "ret;",
            "}");

    private final AtomicLong launches = new AtomicLong();
    private final DoubleAdder eventsMs = new DoubleAdder();
    private final int gpus;

    private JcudaPipeline(int gpus) {
        this.gpus = gpus;
    }

    /** Runs as many iterations as the argument says. */
    public static void main(String[] args) throws InterruptedException {
        JCuda.setExceptionsEnabled(true);
        JCudaDriver.setExceptionsEnabled(true);
        int[] count = new int[1];
        JCuda.cudaGetDeviceCount(count);
        JcudaPipeline pipeline = new JcudaPipeline(count[0]);
        pipeline.run(Integer.parseInt(args[0]));
        System.out.println(pipeline.launches + " " + pipeline.eventsMs + " " + count[0]);
    }

    private void run(int iterations) throws InterruptedException {
        List<BlockingQueue<int[]>> queues = new ArrayList<>();
        for (int i = 0; i <= STAGES; i++) {
            queues.add(new LinkedBlockingQueue<>());
        }
        for (int stage = 0; stage < STAGES; stage++) {
            int own = stage;
            Thread thread = new Thread(() -> loop(own, queues.get(own), queues.get(own + 1)), "stage-" + stage);
            thread.setDaemon(true);
            thread.start();
        }
        for (int iteration = 0; iteration < iterations; iteration++) {
            for (int batch = 0; batch < BATCHES; batch++) {
                queues.get(0).put(new int[] {iteration, batch});
            }
            for (int batch = 0; batch < BATCHES; batch++) {
                queues.get(STAGES).take();
            }
        }
    }

    private void loop(int stage, BlockingQueue<int[]> in, BlockingQueue<int[]> out) {
        try {
            Gpu gpu = new Gpu(stage % gpus);
            while (true) {
                int[] item = in.take();
                work(gpu, stage, item[0], item[1]);
                out.put(item);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The stage method that the agent's rule names. */
    private void work(Gpu gpu, int stage, int iteration, int batch) {
        eventsMs.add(gpu.spin(stage == 2 ? 2 * CYCLES : CYCLES));
        launches.incrementAndGet();
    }

    /** One thread's stream on a GPU. */
    private static final class Gpu {

        private final cudaStream_t stream = new cudaStream_t();
        private final cudaEvent_t before = new cudaEvent_t();
        private final cudaEvent_t after = new cudaEvent_t();
        private final CUfunction spin = new CUfunction();

        Gpu(int device) {
            JCuda.cudaSetDevice(device);
            JCuda.cudaStreamCreate(stream);
            JCuda.cudaEventCreate(before);
            JCuda.cudaEventCreate(after);
            CUmodule module = new CUmodule();
            JCudaDriver.cuModuleLoadData(module, KERNEL);
            JCudaDriver.cuModuleGetFunction(spin, module, "spin");
        }

        float spin(long cycles) {
            JCuda.cudaEventRecord(before, stream);
            Pointer arguments = Pointer.to(Pointer.to(new long[] {cycles}));
            JCudaDriver.cuLaunchKernel(spin, 1, 1, 1, 1, 1, 1, 0, new CUstream(stream), arguments, null);
            JCuda.cudaEventRecord(after, stream);
            JCuda.cudaStreamSynchronize(stream);
            float[] ms = new float[1];
            JCuda.cudaEventElapsedTime(ms, before, after);
            return ms[0];
        }
    }
}
