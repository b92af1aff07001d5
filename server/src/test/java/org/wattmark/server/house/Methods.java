package org.wattmark.server.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The methods and constructors of a source, as the compiler reads them.
final class Methods {

    /// Its place, from the first annotation to the last brace; the comment above does not count.
    record Method(int firstLine, int lines) {}

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    private Methods() {}

    static List<Method> of(Source source) {
        var task =
                (JavacTask) JAVAC.getTask(null, null, _ -> {}, null, null, List.of(file(source)));
        var positions = Trees.instance(task).getSourcePositions();
        var found = new ArrayList<Method>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new TreePathScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
                        var end = positions.getEndPosition(unit, method);
                        if (end >= 0) { // what the compiler adds has no end
                            var lines = unit.getLineMap();
                            var first =
                                    lines.getLineNumber(positions.getStartPosition(unit, method));
                            found.add(
                                    new Method(
                                            (int) first,
                                            (int) (lines.getLineNumber(end) - first + 1)));
                        }
                        return super.visitMethod(method, null);
                    }
                }.scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static JavaFileObject file(Source source) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + source.path()), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source.text();
            }
        };
    }
}
