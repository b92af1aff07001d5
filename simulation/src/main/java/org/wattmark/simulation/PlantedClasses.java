package org.wattmark.simulation;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Ledger;
import org.wattmark.market.Exchange;
import org.wattmark.metering.DeviceId;
import org.wattmark.registry.Registry;
import org.wattmark.tlog.Log;
import org.wattmark.units.Energy;
import org.wattmark.verification.Claim;

/// All classes of Wattmark once more, as their files have them but for those that a plant changed.
/// What is compiled is one source file, in memory.
final class PlantedClasses extends ClassLoader {

    private static final String OURS = "org.wattmark.";

    private final Map<String, byte[]> planted;

    private PlantedClasses(Map<String, byte[]> planted) {
        super(PlantedClasses.class.getClassLoader());
        this.planted = planted;
    }

    static PlantedClasses of(Plant plant, Path root) {
        return new PlantedClasses(compile(plant.className(), plant.text(root)));
    }

    private static Map<String, byte[]> compile(String name, String source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("bugs are planted by a JDK, not by a bare JVM");
        }
        var problems = new DiagnosticCollector<JavaFileObject>();
        var outputs = new HashMap<String, ByteArrayOutputStream>();
        try (var standard = compiler.getStandardFileManager(problems, null, null);
                var inMemory = new InMemory(standard, outputs)) {
            var options = List.of("-proc:none", "-nowarn", "-parameters", "-cp", classPath());
            var unit = List.of(new Source(name, source));
            if (!compiler.getTask(null, inMemory, problems, options, null, unit).call()) {
                throw new IllegalStateException(
                        "a plant that does not compile: " + problems.getDiagnostics());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return outputs.entrySet().stream()
                .collect(
                        Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toByteArray()));
    }

    /// Where one class of each module comes from.
    private static String classPath() {
        return Stream.of(
                        NullMarked.class,
                        Energy.class,
                        Ledger.class,
                        Log.class,
                        DeviceId.class,
                        ClaimId.class,
                        GridFactors.class,
                        Claim.class,
                        Registry.class,
                        Exchange.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(url -> {
                    try {
                        return Path.of(url.toURI()).toString();
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Ours are loaded here, so that all of them know each other; what the JDK has is shared.
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(OURS)) {
                return super.loadClass(name, resolve);
            }
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        var bytes = planted.get(name);
        if (bytes == null) {
            try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                bytes = in.readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> outputs;

        InMemory(JavaFileManager standard, Map<String, ByteArrayOutputStream> outputs) {
            super(standard);
            this.outputs = outputs;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            var bytes = new ByteArrayOutputStream();
            outputs.put(name, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
