package io.github.bubbletrace.agent.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** What a class file declares. Names of classes have slashes in them. Immutable. */
final class ClassShape {

    private final int access;
    private final String name;
    private final String above;
    private final List<String> interfaces;
    private final List<Member> methods;
    private final List<Member> fields;

    private ClassShape(Reader read) {
        this.access = read.access;
        this.name = read.name;
        this.above = read.above;
        this.interfaces = read.interfaces;
        this.methods = Collections.unmodifiableList(read.methods);
        this.fields = Collections.unmodifiableList(read.fields);
    }

    static ClassShape of(byte[] file) {
        Reader reader = new Reader();
        ClassFiles.reader(file)
                .accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ClassShape(reader);
    }

    String name() {
        return name;
    }

    /** The class it extends; null for interfaces and for Object. */
    String above() {
        return isInterface() ? null : above;
    }

    List<String> interfaces() {
        return interfaces;
    }

    List<Member> methods() {
        return methods;
    }

    List<Member> fields() {
        return fields;
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    boolean isPublic() {
        return (access & Opcodes.ACC_PUBLIC) != 0;
    }

    /** Whether classes of {@code other}'s package are in this one's. */
    boolean isBeside(ClassShape other) {
        return packageOf(name).equals(packageOf(other.name));
    }

    private static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('/')));
    }

    /** Its name in Java. */
    @Override
    public String toString() {
        return name.replace('/', '.');
    }

    private static final class Reader extends ClassVisitor {

        private final List<Member> methods = new ArrayList<>();
        private final List<Member> fields = new ArrayList<>();
        private int access;
        private String name;
        private String above;
        private List<String> interfaces;

        Reader() {
            super(ClassFiles.API);
        }

        @Override
        public void visit(
                int version, int flags, String type, String signature, String superType, String[] superInterfaces) {
            access = flags;
            name = type;
            above = superType;
            interfaces = superInterfaces == null ? List.of() : List.of(superInterfaces);
        }

        @Override
        public FieldVisitor visitField(int flags, String field, String descriptor, String signature, Object value) {
            fields.add(new Member(flags, field, descriptor, null));
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int flags, String method, String descriptor, String signature, String[] exceptions) {
            return new Annotations(methods, flags, method, descriptor);
        }
    }

    /** Looks for the API's annotation on a method. */
    private static final class Annotations extends MethodVisitor {

        private final List<Member> methods;
        private final int access;
        private final String name;
        private final String descriptor;
        private String annotated;

        Annotations(List<Member> methods, int access, String name, String descriptor) {
            super(ClassFiles.API);
            this.methods = methods;
            this.access = access;
            this.name = name;
            this.descriptor = descriptor;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String type, boolean isVisible) {
            if (!type.equals(ApiAdvice.DESCRIPTOR)) {
                return null;
            }
            annotated = "";
            return new AnnotationVisitor(ClassFiles.API) {
                @Override
                public void visit(String attribute, Object value) {
                    annotated = String.valueOf(value);
                }
            };
        }

        @Override
        public void visitEnd() {
            methods.add(new Member(access, name, descriptor, annotated));
        }
    }
}
