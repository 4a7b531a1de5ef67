package io.github.bubbletrace.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class ToolVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"bubbletrace " + current()};
    }

    /** The version, or {@code development} where the classes do not come from the jar. */
    static String current() {
        String version = ToolVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
