package ai.rapids.cudf;

/** Has the methods of cuDF's class that the agent knows. */
public final class NvtxRange implements AutoCloseable {

    private final String name;

    /** Opens a range. */
    public NvtxRange(String name) {
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    @Override
    public void close() {}
}
