package io.github.bubbletrace.agent.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.utility.JavaModule;

/** Counts what was instrumented and what could not be. */
final class Transformations extends AgentBuilder.Listener.Adapter {

    private final Set<String> classes = ConcurrentHashMap.newKeySet();
    private final Set<String> stages = ConcurrentHashMap.newKeySet();
    private volatile String problem;

    @Override
    public void onTransformation(
            TypeDescription type, ClassLoader loader, JavaModule module, boolean loaded, DynamicType dynamicType) {
        classes.add(type.getName());
        if (loader != null) {
            stages.add(type.getName());
        }
    }

    @Override
    public void onError(String type, ClassLoader loader, JavaModule module, boolean loaded, Throwable throwable) {
        problem = type + ": " + throwable.getMessage();
    }

    int classes() {
        return classes.size();
    }

    String status() {
        return stages.size() + " classes with stage methods instrumented" + (problem == null ? "" : ", not " + problem);
    }
}
