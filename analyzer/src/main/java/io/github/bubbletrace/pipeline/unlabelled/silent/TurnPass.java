package io.github.bubbletrace.pipeline.unlabelled.silent;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** What each transfer of one device may be so that its rules are kept from the first to the last: once forth, once back. */
final class TurnPass {

    private final TurnRules rules;
    private final int size;
    private final IntUnaryOperator kinds;
    private final IntPredicate swaps;

    /** The states before each transfer. */
    private final int[] before;

    private int[] allowed = {};

    /**
     * Prepares a pass.
     *
     * @param size how many transfers there are
     * @param kinds what is left for each, bits of {@link TurnRules}
     * @param swaps whether each and the one after it may stand in either order
     */
    TurnPass(TurnRules rules, int size, IntUnaryOperator kinds, IntPredicate swaps) {
        this.rules = rules;
        this.size = size;
        this.kinds = k -> kinds.applyAsInt(k) & rules.kinds(k);
        this.swaps = swaps;
        before = new int[size + 1];
    }

    /**
     * Adds to {@code allowed} what the rules allow; nothing where they are broken somewhere.
     *
     * @return up to which transfer they are kept
     */
    int allow(int[] allowedKinds) {
        allowed = allowedKinds;
        int states = rules.begin();
        for (int k = 0; k < size; k = next(k)) {
            before[k] = rules.work(states, k);
            states = after(before[k], k);
            if (states == 0) {
                return k;
            }
        }
        int good = leadingTo(rules.end(), size);
        if ((states & good) == 0) {
            return size;
        }
        for (int k = size; k > 0; ) {
            k = previous(k);
            int able = 0;
            for (int bit = 1; bit < 1 << TurnRules.STATES; bit <<= 1) {
                able |= (before[k] & bit) != 0 && leads(bit, k, good) ? bit : 0;
            }
            good = leadingTo(able, k);
        }
        return size;
    }

    private boolean isPair(int k) {
        return k + 1 < size && swaps.test(k);
    }

    private int next(int k) {
        return isPair(k) ? k + 2 : k + 1;
    }

    private int previous(int k) {
        return k > 1 && before[k - 1] == 0 ? k - 2 : k - 1;
    }

    private int after(int states, int k) {
        return isPair(k)
                ? after(rules.work(after(states, k, kinds.applyAsInt(k)), k + 1), k + 1, kinds.applyAsInt(k + 1))
                        | after(
                                rules.work(after(states, k + 1, kinds.applyAsInt(k + 1)), k + 1),
                                k,
                                kinds.applyAsInt(k))
                : after(states, k, kinds.applyAsInt(k));
    }

    private int after(int states, int k, int some) {
        int after = 0;
        for (int kind = TurnRules.OUT; kind <= TurnRules.BOTH; kind <<= 1) {
            after |= (some & kind) == 0 ? 0 : rules.step(states, kind, k);
        }
        return after;
    }

    /** Whether a transfer, or two that may be swapped, lead from a state to a wanted one; notes the kinds that do. */
    private boolean leads(int state, int k, int wanted) {
        if (!isPair(k)) {
            return note(k, kinds(state, k, wanted));
        }
        boolean leads = leads(state, k, k + 1, wanted);
        return leads(state, k + 1, k, wanted) || leads;
    }

    private boolean leads(int state, int one, int other, int wanted) {
        boolean leads = false;
        for (int kind = TurnRules.OUT; kind <= TurnRules.BOTH; kind <<= 1) {
            int between = rules.work(after(state, one, kinds.applyAsInt(one) & kind), Math.max(one, other));
            int found = 0;
            for (int bit = 1; bit < 1 << TurnRules.STATES; bit <<= 1) {
                found |= (between & bit) == 0 ? 0 : kinds(bit, other, wanted);
            }
            if (note(other, found)) {
                leads = note(one, kind);
            }
        }
        return leads;
    }

    private boolean note(int k, int some) {
        allowed[k] |= some;
        return some != 0;
    }

    /** The kinds of a transfer that lead from one state to a wanted one. */
    private int kinds(int state, int k, int wanted) {
        int found = 0;
        for (int kind = TurnRules.OUT; kind <= TurnRules.BOTH; kind <<= 1) {
            found |= (after(state, k, kinds.applyAsInt(k) & kind) & wanted) == 0 ? 0 : kind;
        }
        return found;
    }

    /** The states from which what is computed before the {@code k}-th transfer leads to a wanted one. */
    private int leadingTo(int wanted, int k) {
        int leading = 0;
        for (int bit = 1; bit < 1 << TurnRules.STATES; bit <<= 1) {
            leading |= (rules.work(bit, k) & wanted) == 0 ? 0 : bit;
        }
        return leading;
    }
}
