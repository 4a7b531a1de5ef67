package io.github.bubbletrace.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the chunks of a simulated model hold: layers, embedding and head, each of a weight. A task takes as long as its chunk's
 * weights are to the mean chunk's; each part launches kernels of its own within a range of its own. Immutable.
 */
public final class ModelParts {

    /** Nothing is told of the chunks, which take equally long. */
    public static final ModelParts NONE = new ModelParts(List.of());

    private static final Pattern PART = Pattern.compile("([eh]?)(\\d{1,9}(?:\\.\\d{1,9})?)");
    private static final int MOST = 1024;

    private final List<List<Part>> chunks;
    private final double mean;

    /** @param layer number over the model; empty for embedding and head */
    private record Part(String name, OptionalInt layer, double weight) {}

    private ModelParts(List<List<Part>> chunks) {
        this.chunks = chunks;
        double sum = 0;
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
            sum += weight(chunk);
        }
        mean = sum / Math.max(1, chunks.size());
    }

    /**
     * Reads {@code e2,1,1/1,1.5/1,h4}: chunks apart by strokes, in each the weights of its layers; e the embedding, h the head.
     *
     * @throws IllegalArgumentException where it is not of this form, or there are too many parts
     */
    public static ModelParts parse(String text) {
        List<List<Part>> chunks = new ArrayList<>();
        int layers = 0;
        int parts = 0;
        for (String chunk : text.split("/", -1)) {
            List<Part> own = new ArrayList<>();
            for (String word : chunk.split(",", -1)) {
                Matcher part = PART.matcher(word);
                if (!part.matches() || ++parts > MOST || Double.parseDouble(part.group(2)) <= 0) {
                    throw new IllegalArgumentException(
                            "layers are given as e2,1,1/1,1.5/1,h4: weights above 0, at most " + MOST + " of them");
                }
                boolean isLayer = part.group(1).isEmpty();
                String name = isLayer ? "" : part.group(1).equals("e") ? "embedding" : "output_layer";
                OptionalInt number = isLayer ? OptionalInt.of(layers++) : OptionalInt.empty();
                own.add(new Part(name, number, Double.parseDouble(part.group(2))));
            }
            chunks.add(List.copyOf(own));
        }
        return new ModelParts(List.copyOf(chunks));
    }

    /** How many chunks there are; 0 where nothing is told. */
    int chunks() {
        return chunks.size();
    }

    /** How many parts a chunk holds; 0 where nothing is told. */
    int parts(int chunk) {
        return chunks.isEmpty() ? 0 : chunks.get(chunk).size();
    }

    /** How long a chunk's tasks take over the mean ones. */
    double factor(int chunk) {
        return chunks.isEmpty() ? 1 : weight(chunk) / mean;
    }

    /** How much of a chunk's tasks is over before its {@code part}-th part. */
    double before(int chunk, int part) {
        double sum = 0;
        for (int i = 0; i < part; i++) {
            sum += chunks.get(chunk).get(i).weight();
        }
        return sum / weight(chunk);
    }

    /** The layer's number of a part; empty for embedding and head. */
    OptionalInt layer(int chunk, int part) {
        return chunks.get(chunk).get(part).layer();
    }

    /** The name of a part that is no layer. */
    String name(int chunk, int part) {
        return chunks.get(chunk).get(part).name();
    }

    private double weight(int chunk) {
        return chunks.get(chunk).stream().mapToDouble(Part::weight).sum();
    }
}
