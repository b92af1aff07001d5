package org.wattmark.server.vault;

import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Puts secrets where settings only say where they lie: a value `vault:MOUNT/PATH#FIELD`, in a
/// variable or on the command line, becomes what Vault has there. It is read once, at the start.
public final class VaultReferences
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /// Spring reads names of variables (`SPRING_MAIL_PASSWORD`) only in sources of such a name.
    private static final String VARIABLES = "vault-systemEnvironment";

    private final Map<String, String> environment;

    /// @param environment which names the Vault
    public VaultReferences(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var sources = context.getEnvironment().getPropertySources();
        var variables = new HashMap<String, Object>();
        var others = new HashMap<String, Object>();
        collect(sources, variables, others);
        if (!variables.isEmpty()) {
            sources.addFirst(new SystemEnvironmentPropertySource(VARIABLES, variables));
        }
        if (!others.isEmpty()) {
            sources.addFirst(new MapPropertySource("vault", others));
        }
    }

    private void collect(
            MutablePropertySources sources,
            Map<String, Object> variables,
            Map<String, Object> others) {
        for (var source : sources) {
            if (!(source instanceof EnumerablePropertySource<?> named)) {
                continue;
            }
            var into = source instanceof SystemEnvironmentPropertySource ? variables : others;
            for (var name : named.getPropertyNames()) {
                if (named.getProperty(name) instanceof CharSequence value
                        && Vault.isReference(value.toString())) {
                    into.putIfAbsent(name, Vault.required(environment).secret(value.toString()));
                }
            }
        }
    }
}
