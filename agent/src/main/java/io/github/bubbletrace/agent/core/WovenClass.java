package io.github.bubbletrace.agent.core;

import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Writes a class anew with code of probes in its methods. */
final class WovenClass extends ClassVisitor {

    private final Types types;
    private final ClassShape shape;
    private final Map<String, Probe> probes;
    private final Map<String, Outline> outlines;
    private final boolean hasFrames;

    private WovenClass(
            ClassVisitor out,
            Types types,
            ClassShape shape,
            Map<String, Probe> probes,
            Map<String, Outline> outlines,
            boolean hasFrames) {
        super(ClassFiles.API, out);
        this.types = types;
        this.shape = shape;
        this.probes = probes;
        this.outlines = outlines;
        this.hasFrames = hasFrames;
    }

    /**
     * The class file {@code file} with more code in it.
     *
     * @param probes by the method's name with its descriptor
     */
    static byte[] of(byte[] file, Types types, ClassShape shape, Map<String, Probe> probes) {
        ClassReader reader = ClassFiles.reader(file);
        ClassWriter writer = new ClassWriter(reader, 0);
        boolean hasFrames = ClassFiles.version(file) >= Opcodes.V1_6;
        reader.accept(
                new WovenClass(writer, types, shape, probes, Outline.of(reader, probes.keySet()), hasFrames),
                ClassReader.EXPAND_FRAMES);
        return ClassFiles.sameVersion(file, writer.toByteArray());
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor out = super.visitMethod(access, name, descriptor, signature, exceptions);
        Probe probe = probes.get(name + descriptor);
        if (probe == null) {
            return out;
        }
        Outline outline = outlines.get(name + descriptor);
        Member method = new Member(access, name, descriptor, null);
        Slots slots = new Slots(method, outline.slots(), probe.keepsArguments(), probe.token());
        return new WovenMethod(out, new Site(types, shape, method, slots), probe, hasFrames, outline.returns());
    }
}
