package org.wattmark.server.problem;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

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

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return StrictJson::onto;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve() {
        return tomcat ->
                tomcat.addContextCustomizers(
                        context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    }
}
