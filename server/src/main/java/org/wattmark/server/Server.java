package org.wattmark.server;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.server.vault.VaultReferences;

/// The server as Spring sees it.
///
/// Only classes named `…Configuration` are looked for, one in each capability's package; everything
/// else, controllers too, is a `@Bean` that one of them writes out.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(
        useDefaultFilters = false,
        includeFilters =
                @ComponentScan.Filter(type = FilterType.ANNOTATION, classes = Configuration.class))
public class Server {

    /// Starts HTTP on the open database, which the server closes as it stops.
    ///
    /// @param port 0 for any free one
    /// @param onClose is told when it stops, whatever the cause
    public static ConfigurableApplicationContext start(
            OpenDatabase open,
            ServerSettings settings,
            int port,
            ApplicationListener<ContextClosedEvent> onClose) {
        return start(open, settings, port, Map.of(), onClose);
    }

    /// The same with properties that an operator gave on the command line.
    public static ConfigurableApplicationContext start(
            OpenDatabase open,
            ServerSettings settings,
            int port,
            Map<String, Object> properties,
            ApplicationListener<ContextClosedEvent> onClose) {
        var given = new HashMap<>(properties);
        given.put("server.port", port);
        var application = new SpringApplication(Server.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.addInitializers(
                on(open, settings), withProperties(given), new VaultReferences(System.getenv()));
        application.addListeners(onClose);
        return application.run();
    }

    /// Asked first, so that the answer is one line and PostgreSQL is not started in vain. Should
    /// another program take the port in between, Spring says so at greater length.
    public static void requireFree(int port) throws IOException {
        try (var socket = new ServerSocket(port)) {
            socket.getLocalPort();
        } catch (BindException e) {
            throw new CommandFailed(
                    "port "
                            + port
                            + " is in use; stop what uses it, or choose another with --port");
        }
    }

    /// What has to exist before Spring does: the database, and what the operator decided.
    public static ApplicationContextInitializer<GenericApplicationContext> on(
            OpenDatabase open, ServerSettings settings) {
        return context -> {
            context.registerBean(OpenDatabase.class, () -> open);
            context.registerBean(ServerSettings.class, () -> settings);
        };
    }

    private static ApplicationContextInitializer<GenericApplicationContext> withProperties(
            Map<String, Object> given) {
        return context ->
                context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("wattmark serve", given));
    }
}
