/**
 * Answers about two fingerprints: are they the same recording, how much so, and where.
 *
 * <p>{@link FingerprintComparison} gives one number, the score by which AcoustID decides: a fast
 * alignment by equal sub-fingerprints at most ten seconds apart, then the bit errors along it.
 * {@link FingerprintMatcher} gives the stretches that match, at any offset, and how well each does:
 *
 * <pre>
 * EqualPairs       how many sub-fingerprints agree in their upper bits at each offset
 *                  (NumberTheoreticTransform counts those that repeat without end)
 *   → Alignment    the offset at which most do
 *   → bit errors along it, one number for each pair
 *   → GaussianFilter (three passes of BoxFilter; Reflection at the ends)
 *   → Gradient → ChangePoints      where the errors rise or fall
 *   → one MatchSegment for each stretch between them that has few errors
 * </pre>
 *
 * <p>{@link SimHash} condenses a fingerprint to 32 bits, of which similar fingerprints share most.
 * {@link QueryExtractor} picks the sub-fingerprints under which a fingerprint is indexed and looked
 * up.
 *
 * <p>Everything here is deterministic. Where Chromaprint's matcher adds noise of up to 0.001 bits
 * to break ties, this one takes the earlier change point.
 *
 * <p>Source: Chromaprint 1.6.1 (the hash and the matcher), AcoustID's server and its PostgreSQL
 * extension (the comparison and the query).
 *
 * <p>Arrows: this package → {@code org.incipit.fingerprint}.
 */
@NullMarked
package org.incipit.fingerprint.match;

import org.jspecify.annotations.NullMarked;
