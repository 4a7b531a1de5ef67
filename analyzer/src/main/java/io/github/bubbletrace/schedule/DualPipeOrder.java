package io.github.bubbletrace.schedule;

/**
 * The order of one device of DualPipe in eight steps, as its authors describe it.
 *
 * @param order what to append to
 * @param near the chunk whose micro-batches enter at the device's own end
 * @param far its other chunk
 * @param place how many devices lie between it and its end
 * @param places how many devices there are from the end to the turning point
 */
record DualPipeOrder(OrderBuilder order, int near, int far, int place, int places) {

    /** Appends everything for {@code m} micro-batches on each chunk. */
    void write(int m) {
        int before = places - place - 1;
        warmUp(before);
        steady(m - 2 * places + place + 1);
        for (int i = 0; i < before; i++) {
            order.add(Phase.B, far);
            order.addPair(far, near);
        }
        coolDown(before);
    }

    private void warmUp(int before) {
        for (int i = 0; i < 2 * before; i++) {
            order.add(Phase.F, near);
        }
        for (int i = 0; i <= place; i++) {
            order.add(Phase.F, near);
            order.add(Phase.F, far);
        }
        for (int i = 0; i < before; i++) {
            order.addInputGradient(far);
            order.payWeight();
            order.add(Phase.F, far);
        }
    }

    /** At the turning point the first pair would only wait for itself, so it is two tasks. */
    private void steady(int rounds) {
        for (int i = 0; i < rounds; i++) {
            if (i == 0 && place == places - 1) {
                order.add(Phase.F, near);
                order.add(Phase.B, far);
            } else {
                order.addPair(near, far);
            }
            order.addPair(far, near);
        }
    }

    /** From the middle on the backwards are split, and what they owe fills the end. */
    private void coolDown(int before) {
        int middle = (place + 1) / 2;
        for (int i = 0; i <= place; i++) {
            boolean even = place % 2 == 0;
            backward(far, i > middle || (i == middle && !even));
            backward(near, i >= middle);
        }
        for (int i = 0; i < before; i++) {
            order.payWeight();
            order.addInputGradient(near);
        }
        for (int i = 0; i <= place; i++) {
            order.payWeight();
        }
    }

    private void backward(int chunk, boolean split) {
        if (split) {
            order.addInputGradient(chunk);
        } else {
            order.add(Phase.B, chunk);
        }
    }
}
