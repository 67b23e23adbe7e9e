package org.brkmap.grade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import org.brkmap.evidence.CanonicalJson;

/**
 * An instructor's key (Ed25519, RFC 8032), which signs what her own machine saw. Its file holds both halves in PEM, for its owner
 * alone. Thread-safe.
 */
public final class SigningKey {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final PrivateKey key;
    private final VerifyingKey verifying;

    private SigningKey(PrivateKey key, VerifyingKey verifying) {
        this.key = key;
        this.verifying = verifying;
    }

    /**
     * Makes a key: the private half in a new file of mode 0600, the public one beside it.
     *
     * @return the key
     * @throws GradeException if one of the two files is there already, or cannot be written; then nothing was changed
     */
    public static SigningKey make(Path file) throws IOException {
        Path open = publicFile(file);
        for (Path each : new Path[] {file, open}) {
            if (Files.exists(each, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                throw new GradeException(
                        each + " is there already, and a key is not written over: results signed by it could not be"
                                + " verified any more. Name another file");
            }
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance(VerifyingKey.ALGORITHM).generateKeyPair();
            SigningKey made = new SigningKey(pair.getPrivate(), VerifyingKey.of(pair.getPublic()));
            write(file, Pem.write(Pem.PRIVATE, made.key.getEncoded()) + made.verifying.pem());
            try {
                Files.writeString(open, made.verifying.pem(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java from 15 on has " + VerifyingKey.ALGORITHM, e);
        } catch (FileAlreadyExistsException e) {
            throw new GradeException(e.getFile() + " was made meanwhile by somebody else; name another file", e);
        } catch (IOException | UnsupportedOperationException e) {
            throw new GradeException(
                    "the key cannot be written to " + file + ": " + e + ". Name a file in a folder that" + " is yours",
                    e);
        }
    }

    /** Where the public half of a key lies. */
    public static Path publicFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    private static void write(Path file, String text) throws IOException {
        try (SeekableByteChannel out = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    /**
     * Reads a key.
     *
     * @throws GradeException if it cannot be read, others may read it, or its halves do not belong together
     */
    public static SigningKey read(Path file) throws IOException {
        String text = VerifyingKey.text(file);
        byte[] bytes = Pem.read(text, Pem.PRIVATE)
                .orElseThrow(() -> new GradeException(file + " holds no private key"
                        + (file.toString().endsWith(".pub") ? ": the one beside it without .pub does" : "")
                        + ". brkmap grade keygen makes one"));
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new GradeException(file + " is open to others (" + PosixFilePermissions.toString(permissions)
                    + "), so anybody may sign in your name. Close it, chmod 600, or better make another key");
        }
        SigningKey read;
        try {
            read = new SigningKey(
                    KeyFactory.getInstance(VerifyingKey.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes)),
                    VerifyingKey.of(file, text));
        } catch (GeneralSecurityException e) {
            throw new GradeException(file + " holds a private key that is none of " + VerifyingKey.ALGORITHM, e);
        }
        byte[] trial = file.toString().getBytes(StandardCharsets.UTF_8);
        if (!read.verifying.verifies(trial, read.sign(trial))) {
            throw new GradeException(file + " holds two halves of different keys; make another with grade keygen");
        }
        return read;
    }

    /** The public half. */
    public VerifyingKey verifying() {
        return verifying;
    }

    /**
     * The result, signed. Whatever it was signed by before is gone.
     *
     * @throws IllegalArgumentException if it is no re-run
     */
    public Result sign(Result result) {
        byte[] text = CanonicalJson.write(ResultJson.signed(result));
        return result.withSignature(
                new Signature(verifying.id(), Base64.getEncoder().encodeToString(sign(text))));
    }

    private byte[] sign(byte[] text) {
        try {
            java.security.Signature signature = java.security.Signature.getInstance(VerifyingKey.ALGORITHM);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of " + VerifyingKey.ALGORITHM + " does not sign", e);
        }
    }
}
