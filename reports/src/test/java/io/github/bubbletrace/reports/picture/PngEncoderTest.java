package io.github.bubbletrace.reports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back by Java's own reader, pixel by pixel. */
class PngEncoderTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsEveryPixel(long seed) throws IOException {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(300);
        int height = 1 + random.nextInt(40);
        int[] pixels = random.ints((long) width * height, 0, 1 << 24).toArray();
        for (int row = 1; row < height; row++) {
            int repeated = random.nextInt(width + 1);
            System.arraycopy(pixels, (row - 1) * width, pixels, row * width, repeated);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        PngEncoder.write(pixels, width, file);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(file.toByteArray()));
        assertThat(read.getWidth()).isEqualTo(width);
        assertThat(read.getHeight()).isEqualTo(height);
        int[] back = read.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < back.length; i++) {
            assertThat(back[i] & 0xffffff).as("pixel %d of seed %d", i, seed).isEqualTo(pixels[i]);
        }
    }
}
