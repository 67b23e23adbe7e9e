package org.brkmap.grade;

/**
 * An instructor's signature of a result. Immutable.
 *
 * @param key the SHA-256 of the public key, in hexadecimal: which key it was
 * @param value the Ed25519 signature (RFC 8032) in base64
 */
public record Signature(String key, String value) {}
