package ai.onnxruntime;

import java.util.Map;

/** Has the methods of ONNX Runtime's class that the agent knows, delegating as those do. */
public final class OrtSession {

    /** Runs. */
    public String run(Map<String, String> inputs) {
        return run(inputs, "all");
    }

    /** Runs. */
    public String run(Map<String, String> inputs, String outputs) {
        return inputs.size() + outputs;
    }
}
