package org.wattmark.server.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Currency;
import java.util.List;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wattmark.server.security.Actor;

/// What the description says beyond what the controllers show.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String TOKEN = "access_token";

    static {
        // It comes from the token, so it is no parameter that a client could send.
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Actor.class)
                .replaceWithClass(Currency.class, String.class); // as JSON has it: EUR
    }

    @Bean
    OpenAPI description() {
        var bearer = new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer");
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Wattmark")
                                .version("v1")
                                .description(
                                        "From a meter's signed readings to a certificate that"
                                                + " anyone verifies offline. Refusals are problems"
                                                + " of RFC 9457 with a stable `code`; writes are"
                                                + " safe to send again under the same id.")
                                .contact(new Contact().name("Whoever runs this registry"))
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/"))) // the same text wherever it is served
                .components(new Components().addSecuritySchemes(TOKEN, bearer))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }

    @Bean
    ProblemResponses problemResponses() {
        return new ProblemResponses();
    }

    @Bean
    OperationNames operationNames() {
        return new OperationNames();
    }

    /// The names on the wire are snake case, and so are those in the description.
    @Bean
    ModelResolver snakeCase(ObjectMapperProvider mappers) {
        var mapper = mappers.jsonMapper().copy();
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(mapper, new SchemaNames()).openapi31(true);
    }
}
