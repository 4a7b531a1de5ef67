package io.github.bubbletrace.cli.job;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;

/** A pipeline whose stages call nothing but a library: its methods are what rules can name. */
public final class DigestJob {

    private static final int BATCHES = 6;
    private static final int SIZE = 1_000_000;

    private DigestJob() {}

    /** Runs until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        BlockingQueue<byte[]> first = new LinkedBlockingQueue<>();
        BlockingQueue<byte[]> second = new LinkedBlockingQueue<>();
        BlockingQueue<byte[]> third = new LinkedBlockingQueue<>();
        BlockingQueue<byte[]> last = new LinkedBlockingQueue<>();
        stage("stage-0", first, second, DigestUtils::sha256Hex);
        stage("stage-1", second, third, DigestUtils::sha512Hex);
        stage("stage-2", third, last, DigestUtils::md5Hex);
        System.out.println("running");
        while (true) {
            for (int batch = 0; batch < BATCHES; batch++) {
                first.put(new byte[SIZE + batch]);
            }
            for (int batch = 0; batch < BATCHES; batch++) {
                last.take();
            }
        }
    }

    private static void stage(
            String name, BlockingQueue<byte[]> in, BlockingQueue<byte[]> out, Function<byte[], String> work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            byte[] data = in.take();
                            if (work.apply(data).isEmpty()) {
                                return;
                            }
                            out.put(data);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
