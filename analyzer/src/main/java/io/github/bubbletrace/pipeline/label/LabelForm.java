package io.github.bubbletrace.pipeline.label;

import java.util.List;

/** One spelling of labels. */
public interface LabelForm {

    /** What {@code text} says, empty where it is not of this form; several labels where a range runs several tasks. */
    List<Label> parse(String text);
}
