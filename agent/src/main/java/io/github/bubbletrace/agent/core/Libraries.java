package io.github.bubbletrace.agent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rules for libraries that run models on GPUs. A class without the expected methods is left alone. Their stage is what the
 * thread's name says, else the thread's CUDA device; a user's own rule around them counts instead.
 */
final class Libraries {

    private static final List<String> RULES = List.of(
            "ai.djl.inference.Predictor#batchPredict(java.util.List)()",
            "ai.djl.inference.Predictor#predict(java.lang.Object)()",
            "ai.djl.pytorch.engine.PtSymbolBlock#forwardInternal()",
            "ai.djl.training.EasyTrain#trainBatch()",
            "ai.djl.training.Trainer#forward()",
            "ai.onnxruntime.OrtSession#run()");

    private static final String JCUDA = "jcuda.runtime.JCuda";
    private static final String NVTX = "ai.rapids.cudf.NvtxRange";
    private static final String STRING = "Ljava/lang/String;";

    private Libraries() {}

    /** Rules for stage methods. */
    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (String text : RULES) {
            rules.add(Rule.parse(text).ofLibrary());
        }
        return rules;
    }

    static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Rule rule : rules()) {
            targets.add(RuleAdvice.target(rule));
        }
        targets.add(Target.of(JCUDA, Probe.after(is("cudaSetDevice", "(I)I"), deviceChosen())));
        targets.add(Target.of(
                NVTX,
                Probe.after(
                        method -> method.isConstructor() && method.descriptor().startsWith("(" + STRING),
                        rangeOpened()),
                Probe.after(is("close", "()V"), (site, code) -> Site.call("exitRange", "()V", code))));
        return targets;
    }

    private static Predicate<Member> is(String name, String descriptor) {
        return method -> method.name().equals(name) && method.descriptor().equals(descriptor);
    }

    /** The thread's device, once the call has succeeded. */
    private static Snippet deviceChosen() {
        return (site, code) -> {
            site.pushArgument(0, code);
            site.pushReturned(code);
            Site.call("chooseDevice", "(II)V", code);
        };
    }

    /** A range of cuDF begins. */
    private static Snippet rangeOpened() {
        return (site, code) -> {
            site.pushArgument(0, code);
            Site.call("enterRange", "(" + STRING + ")V", code);
        };
    }
}
