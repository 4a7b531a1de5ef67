package jcuda.runtime;

/** Has the methods of JCuda's class that the agent knows; device 9 is not there. */
public final class JCuda {

    private JCuda() {}

    /** Chooses a device; 0 is success. */
    public static int cudaSetDevice(int device) {
        return device == 9 ? 101 : 0;
    }
}
