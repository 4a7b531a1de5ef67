package io.github.bubbletrace.reports.whatif;

import io.github.bubbletrace.analysis.LevelShift;
import io.github.bubbletrace.reports.text.Units;

/** Which steps predictions are made without, and why, in a sentence or two. */
final class LevelShiftText {

    private LevelShiftText() {}

    static String of(LevelShift shift) {
        String much = Units.percent(Math.abs(shift.difference())) + (shift.difference() < 0 ? " less" : " more");
        if (shift.leftOut().isEmpty()) {
            return "Steps before iteration " + shift.from() + " take " + much
                    + " time than those that follow: predictions are means over both; --iterations chooses one part.";
        }
        String error = shift.predictionErrorOfAll() == null
                ? ""
                : "; with them the prediction error is " + Units.percent(shift.predictionErrorOfAll());
        return "Predictions leave out the first " + shift.leftOut().size() + " steps (before iteration " + shift.from()
                + "), which take " + much + " time than all that follow" + error + "; --skip 0 keeps them.";
    }
}
