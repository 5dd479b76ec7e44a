package io.coordination.stomp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;

/** Certificates made by the keytool of this JDK, each signed by itself. */
public final class Certificates {

    public static final String PASSWORD = "not-secret";

    private final Path folder;

    public Certificates(Path folder) {
        this.folder = folder;
    }

    /** A key and its certificate, for localhost. */
    public KeyStore key(String name) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", name));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-dname", "CN=" + name));
        command.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        keytool.getInputStream().transferTo(OutputStream.nullOutputStream());
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** Everything that trusts these. */
    public static KeyStore trusting(KeyStore... others) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        for (KeyStore other : others) {
            String alias = other.aliases().nextElement();
            trust.setCertificateEntry(alias, other.getCertificate(alias));
        }
        return trust;
    }

    /** Where the key of this name is, for whoever configures it. */
    public Path file(String name) {
        return folder.resolve(name + ".p12");
    }

    /** Writes what trusts others to a file. */
    public Path save(String name, KeyStore trust) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file(name))) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return file(name);
    }

    static SslBundle bundle(KeyStore key, KeyStore trust) {
        return SslBundle.of(SslStoreBundle.of(key, PASSWORD, trust), SslBundleKey.of(PASSWORD));
    }
}
