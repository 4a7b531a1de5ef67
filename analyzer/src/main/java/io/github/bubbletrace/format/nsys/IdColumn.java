package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RecentIds;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongToIntFunction;

/** A column of 64-bit ids as small numbers, given in the order in which the ids first appear; NULL counts as 0. */
final class IdColumn {

    private final int[] code;
    private final LongColumn ids = new LongColumn();

    IdColumn(long[] column) {
        code = new int[column.length];
        RecentIds recent = new RecentIds();
        Map<Long, Integer> known = new HashMap<>();
        for (int row = 0; row < code.length; row++) {
            if (row > 0 && column[row] == column[row - 1]) {
                code[row] = code[row - 1];
                continue;
            }
            long id = column[row] == ColumnBlock.NULL ? 0 : column[row];
            int found = recent.find(id);
            code[row] = found >= 0 ? found : recent.keep(id, known.computeIfAbsent(id, this::add));
        }
    }

    private int add(long id) {
        ids.add(id);
        return ids.size() - 1;
    }

    /** The column in other numbers: {@code number} is asked once for each id. The column is used up by this. */
    int[] numbered(LongToIntFunction number) {
        int[] numbers = new int[ids.size()];
        boolean isSame = true;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number.applyAsInt(ids.get(i));
            isSame &= numbers[i] == i;
        }
        if (!isSame) {
            Cores.split(code.length, (first, end) -> {
                for (int row = first; row < end; row++) {
                    code[row] = numbers[code[row]];
                }
            });
        }
        return code;
    }
}
