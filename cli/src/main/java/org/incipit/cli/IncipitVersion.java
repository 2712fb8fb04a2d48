package org.incipit.cli;

import org.incipit.cli.fpcalc.Fpcalc;
import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class IncipitVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"incipit " + Fpcalc.incipitVersion()};
  }
}
