package io.github.bubbletrace.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.Seeds;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void everyMemberIsInTheGroupOfItsKey(int seed) {
        Random random = Seeds.random(seed);
        long[] keys = random.longs(200, -5, 5)
                .map(key -> key == -5 ? Long.MIN_VALUE : key)
                .toArray();
        Groups groups = Groups.of(keys.length, member -> keys[member]);
        assertThat(groups.size()).isEqualTo((int) IntStream.range(0, keys.length)
                .mapToLong(member -> keys[member])
                .distinct()
                .count());
        for (int member = 0; member < keys.length; member++) {
            long key = keys[member];
            int[] same = IntStream.range(0, keys.length)
                    .filter(other -> keys[other] == key)
                    .toArray();
            assertThat(groups.members(key)).isEqualTo(same);
            assertThat(groups.first(groups.of(member))).isEqualTo(same[0]);
            assertThat(groups.sorted(groups.of(member), other -> -other))
                    .isEqualTo(IntStream.of(same)
                            .mapToDouble(other -> -other)
                            .sorted()
                            .toArray());
        }
    }

    @Test
    void aKeyThatNobodyHasHasNoMembers() {
        assertThat(Groups.of(0, member -> 1).size()).isZero();
        assertThat(Groups.of(3, member -> 1).members(2)).isEmpty();
    }
}
