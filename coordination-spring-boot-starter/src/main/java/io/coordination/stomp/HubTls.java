package io.coordination.stomp;

import java.util.Arrays;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/** TLS for the port of a hub, with certificates for both ends. */
final class HubTls {

    private HubTls() {}

    static void use(SslBundle bundle, Connector connector, Http11NioProtocol protocol) {
        SSLHostConfig host = new SSLHostConfig();
        host.setHostName(protocol.getDefaultSSLHostConfigName());
        host.setSslProtocol(bundle.getProtocol());
        host.setCertificateVerification("required");
        SslStoreBundle stores = bundle.getStores();
        if (stores.getTrustStore() != null) {
            host.setTrustStore(stores.getTrustStore());
        }
        host.addCertificate(certificate(host, bundle));
        SslOptions options = bundle.getOptions();
        if (options.getCiphers() != null) {
            host.setCiphers(String.join(":", options.getCiphers()));
        }
        if (options.getEnabledProtocols() != null) {
            host.setProtocols(String.join("+", Arrays.asList(options.getEnabledProtocols())));
        }
        connector.setSecure(true);
        connector.setScheme("https");
        protocol.setSSLEnabled(true);
        protocol.addSslHostConfig(host);
    }

    private static SSLHostConfigCertificate certificate(SSLHostConfig host, SslBundle bundle) {
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        SslStoreBundle stores = bundle.getStores();
        certificate.setCertificateKeystorePassword(orEmpty(stores.getKeyStorePassword()));
        if (bundle.getKey().getPassword() != null) {
            certificate.setCertificateKeyPassword(bundle.getKey().getPassword());
        }
        if (bundle.getKey().getAlias() != null) {
            certificate.setCertificateKeyAlias(bundle.getKey().getAlias());
        }
        if (stores.getKeyStore() != null) {
            certificate.setCertificateKeystore(stores.getKeyStore());
        }
        return certificate;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
