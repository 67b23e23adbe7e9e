package org.brkmap.model;

/** A source file of the observed program as it was when built. Immutable.
 *
 * @param sha256 of its bytes, in lower-case hexadecimal
 */
public record SourceText(String name, String sha256, String text) {}
