package io.github.bubbletrace.agent.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** What must be known of a method's instructions before any is written. */
final class Outline extends MethodVisitor {

    private int returns;
    private int slots;

    private Outline() {
        super(ClassFiles.API);
    }

    /** Those of the methods {@code wanted}, each a name with its descriptor, of a class file. */
    static Map<String, Outline> of(ClassReader file, Set<String> wanted) {
        Map<String, Outline> outlines = new HashMap<>();
        ClassVisitor reader = new ClassVisitor(ClassFiles.API) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                if (!wanted.contains(name + descriptor)) {
                    return null;
                }
                Outline outline = new Outline();
                outlines.put(name + descriptor, outline);
                return outline;
            }
        };
        file.accept(reader, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return outlines;
    }

    static boolean isReturn(int opcode) {
        return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    }

    /** How many instructions return. */
    int returns() {
        return returns;
    }

    /** How many slots its variables take. */
    int slots() {
        return slots;
    }

    @Override
    public void visitInsn(int opcode) {
        if (isReturn(opcode)) {
            returns++;
        }
    }

    @Override
    public void visitMaxs(int stack, int locals) {
        slots = locals;
    }
}
