package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.Units;

/** One bar of all device time: busy and every cause, whose printed shares sum to 100.0 %. */
final class BudgetBar {

    private static final int BAR_HEIGHT = 30;
    private static final int HEIGHT = 50;

    /** Narrower parts have no room for their number; the legend has it. */
    private static final int LABEL_ROOM = 34;

    private static final int LETTER_ROOM = 16;

    private final HtmlWriter html;
    private final Budget budget;

    private BudgetBar(HtmlWriter html, Budget budget) {
        this.html = html;
        this.budget = budget;
    }

    /** Writes bar and legend. */
    static void write(HtmlWriter html, Budget budget) {
        BudgetBar bar = new BudgetBar(html, budget);
        bar.picture();
        bar.legend();
    }

    private void picture() {
        html.open(
                "svg",
                "class",
                "budget",
                "viewBox",
                "0 0 " + Budget.WHOLE + ' ' + HEIGHT,
                "role",
                "img",
                "aria-labelledby",
                "budget-title budget-desc");
        html.element("title", "Where the device time went", "id", "budget-title");
        html.element("desc", description(), "id", "budget-desc");
        int x = part(0, budget.busyTenths(), "busy");
        for (Cause cause : Cause.values()) {
            int from = x;
            x = part(x, budget.tenths(cause), Patterns.css(cause));
            letters(from, cause);
        }
        html.close();
    }

    private int part(int x, int tenths, String css) {
        if (tenths > 0) {
            html.empty("rect", "x", "" + x, "width", "" + tenths, "height", "" + BAR_HEIGHT, "class", css + " edge");
        }
        if (tenths >= LABEL_ROOM) {
            html.element(
                    "text",
                    Units.tenths(tenths) + " %",
                    "x",
                    Units.decimals(x + tenths / 2.0, 1),
                    "y",
                    "" + (HEIGHT - 4),
                    "class",
                    "mid");
        }
        return x + tenths;
    }

    private void letters(int x, Cause cause) {
        if (budget.tenths(cause) >= LETTER_ROOM) {
            String middle = Units.decimals(x + budget.tenths(cause) / 2.0, 1);
            html.element("text", CauseText.letters(cause), "x", middle, "y", "19", "class", "mid letter");
        }
    }

    private String description() {
        StringBuilder text = new StringBuilder("busy " + Units.tenths(budget.busyTenths()) + " %");
        for (Cause cause : budget.present()) {
            text.append(", ").append(CauseText.name(cause)).append(' ').append(share(cause));
        }
        return text.append('.').toString();
    }

    private void legend() {
        html.open("ul", "class", "legend");
        html.open("li");
        Patterns.swatch(html, "busy");
        html.text("busy ")
                .element("b", Units.tenths(budget.busyTenths()) + " %")
                .close();
        budget.present().forEach(this::item);
        html.close();
    }

    private void item(Cause cause) {
        html.open("li");
        Patterns.swatch(html, cause);
        html.text(CauseText.name(cause) + " ").element("b", share(cause)).close();
    }

    private String share(Cause cause) {
        return Units.tenths(budget.tenths(cause)) + " %";
    }
}
