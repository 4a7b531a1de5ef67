package io.github.bubbletrace.agent.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes a method anew with the code of a probe in it. Its own instructions and variables stay as they are; frames are made
 * by hand, so that no class needs to be loaded for them. At its ends nothing is assumed of its own variables and stack.
 */
final class WovenMethod extends MethodVisitor {

    private static final String THROWABLE = "java/lang/Throwable";

    private final Site site;
    private final Slots slots;
    private final Probe probe;
    private final boolean hasFrames;
    private final Label[] returnsFrom;
    private final Label[] returnsTo;
    private final Label returnFailed = new Label();
    private final Label bodyStart = new Label();
    private int returns;

    /**
     * Writes to {@code out}.
     *
     * @param hasFrames whether class files of its version have frames
     * @param returns how many instructions of the method return
     */
    WovenMethod(MethodVisitor out, Site site, Probe probe, boolean hasFrames, int returns) {
        super(ClassFiles.API, out);
        this.site = site;
        this.slots = site.slots();
        this.probe = probe;
        this.hasFrames = hasFrames;
        this.returnsFrom = labels(returns);
        this.returnsTo = labels(returns);
    }

    private static Label[] labels(int count) {
        Label[] labels = new Label[count];
        for (int i = 0; i < count; i++) {
            labels[i] = new Label();
        }
        return labels;
    }

    /** Handlers of our own code come first: those of the method never see what it throws. */
    @Override
    public void visitCode() {
        mv.visitCode();
        if (probe.returning() != null) {
            for (int i = 0; i < returnsFrom.length; i++) {
                mv.visitTryCatchBlock(returnsFrom[i], returnsTo[i], returnFailed, THROWABLE);
            }
        }
        slots.keep(mv);
        if (probe.start() != null) {
            start();
        }
        mv.visitLabel(bodyStart);
    }

    private void start() {
        Label from = new Label();
        Label to = new Label();
        Label failed = new Label();
        Label done = new Label();
        mv.visitTryCatchBlock(from, to, failed, THROWABLE);
        mv.visitLabel(from);
        probe.start().write(site, mv);
        storeToken();
        mv.visitLabel(to);
        mv.visitJumpInsn(Opcodes.GOTO, done);
        List<Object> locals = slots.atStart(site.owner());
        caught(failed, locals);
        countFailure();
        if (probe.token() != null) {
            mv.visitInsn(Opcodes.ACONST_NULL);
            storeToken();
            locals.add(probe.token());
        }
        mv.visitLabel(done);
        frame(locals, List.of());
        // The body may begin with a frame, and two cannot be at one place.
        mv.visitInsn(Opcodes.NOP);
    }

    private void storeToken() {
        if (probe.token() != null) {
            mv.visitVarInsn(Opcodes.ASTORE, slots.token());
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (probe.returning() != null && Outline.isReturn(opcode)) {
            Type type = slots.returned();
            if (type.getSort() != Type.VOID) {
                mv.visitInsn(type.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
                site.popReturned(mv);
            }
            mv.visitLabel(returnsFrom[returns]);
            probe.returning().write(site, mv);
            mv.visitLabel(returnsTo[returns]);
            returns++;
            loadReturned();
        }
        mv.visitInsn(opcode);
    }

    private void loadReturned() {
        if (slots.returned().getSort() != Type.VOID) {
            site.pushReturned(mv);
        }
    }

    @Override
    public void visitFrame(int form, int localCount, Object[] local, int stackCount, Object[] stack) {
        List<Object> locals = new ArrayList<>(Arrays.asList(local).subList(0, localCount));
        frame(slots.with(locals, site.owner()), Arrays.asList(stack).subList(0, stackCount));
    }

    @Override
    public void visitMaxs(int stack, int locals) {
        Label bodyEnd = new Label();
        mv.visitLabel(bodyEnd);
        if (returns > 0) {
            failedWhileReturning();
        }
        if (probe.throwing() != null) {
            thrown(bodyEnd);
        }
        mv.visitMaxs(stack + Snippet.DEPTH, slots.size());
    }

    private void failedWhileReturning() {
        List<Object> locals = slots.anywhere(site.owner());
        Type type = slots.returned();
        if (type.getSort() != Type.VOID) {
            locals.add(Slots.inFrame(type));
        }
        caught(returnFailed, locals);
        countFailure();
        loadReturned();
        mv.visitInsn(type.getOpcode(Opcodes.IRETURN));
    }

    /** Behind the method's own handlers: what comes here leaves it. */
    private void thrown(Label bodyEnd) {
        Label handler = new Label();
        Label from = new Label();
        Label to = new Label();
        Label failed = new Label();
        mv.visitTryCatchBlock(bodyStart, bodyEnd, handler, null);
        mv.visitTryCatchBlock(from, to, failed, THROWABLE);
        List<Object> locals = slots.anywhere(site.owner());
        caught(handler, locals);
        mv.visitVarInsn(Opcodes.ASTORE, slots.result());
        mv.visitLabel(from);
        probe.throwing().write(site, mv);
        mv.visitLabel(to);
        throwOn();
        locals.add(THROWABLE);
        caught(failed, locals);
        countFailure();
        throwOn();
    }

    private void throwOn() {
        mv.visitVarInsn(Opcodes.ALOAD, slots.result());
        mv.visitInsn(Opcodes.ATHROW);
    }

    private void caught(Label handler, List<Object> locals) {
        mv.visitLabel(handler);
        frame(locals, List.of(THROWABLE));
    }

    private void countFailure() {
        Site.call("failed", "(Ljava/lang/Throwable;)V", mv);
    }

    private void frame(List<Object> locals, List<?> stack) {
        if (hasFrames) {
            mv.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.size(), stack.toArray());
        }
    }
}
