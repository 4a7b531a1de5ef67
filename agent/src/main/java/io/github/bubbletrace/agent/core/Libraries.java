package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatchers;

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

    private Libraries() {}

    /** Rules for stage methods. */
    static List<Rule> rules() {
        return RULES.stream().map(text -> Rule.parse(text).ofLibrary()).collect(Collectors.toUnmodifiableList());
    }

    static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        rules().forEach(rule -> targets.add(RuleAdvice.target(rule)));
        targets.add(Target.of(
                JCUDA,
                Probe.of(
                        Device.class,
                        ElementMatchers.<MethodDescription>named("cudaSetDevice")
                                .and(ElementMatchers.takesArguments(int.class)))));
        targets.add(Target.of(
                NVTX,
                Probe.of(
                        RangeOpen.class,
                        ElementMatchers.<MethodDescription>isConstructor()
                                .and(ElementMatchers.takesArgument(0, String.class))),
                Probe.of(
                        RangeClose.class,
                        ElementMatchers.<MethodDescription>named("close").and(ElementMatchers.takesArguments(0)))));
        return targets;
    }

    /** The thread's device, once the call has succeeded. */
    static final class Device {

        private Device() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Argument(0) int device, @Advice.Return int status) {
            if (status == 0) {
                Spans.chooseDevice(device);
            }
        }
    }

    /** A range of cuDF begins. */
    static final class RangeOpen {

        private RangeOpen() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Argument(0) String name) {
            Spans.enterRange(name);
        }
    }

    /** The thread's innermost range of cuDF ends. */
    static final class RangeClose {

        private RangeClose() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit() {
            Spans.exitRange();
        }
    }
}
