package org.wattmark.server.problem;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.core.StreamReadFeature;

/// What stands around every request: its name, the limit of its body, and the form of its refusal.
@Configuration(proxyBeanMethods = false)
class ProblemConfiguration {

    @Bean
    Problems problems() {
        return new Problems();
    }

    @Bean
    ErrorPage errorPage() {
        return new ErrorPage();
    }

    @Bean
    FilterRegistrationBean<RequestId> requestId() {
        var first = new FilterRegistrationBean<>(new RequestId());
        first.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return first;
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit() {
        var second = new FilterRegistrationBean<>(new BodyLimit());
        second.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return second;
    }

    /// A field that stands twice would let two readers of one body see different values.
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder ->
                builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .annotationIntrospector(new RequiredFields())
                        // A record's components are its fields; `isZero()` beside them is none.
                        .changeDefaultVisibility(visibility ->
                                visibility.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve() {
        return tomcat ->
                tomcat.addContextCustomizers(
                        context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    }
}
