package org.wattmark.server.security;

import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.webauthn.management.JdbcPublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.JdbcUserCredentialRepository;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.wattmark.server.settings.ServerSettings;

/// The authorization server, the API that trusts its tokens, and the pages for people.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /// Issues tokens: `/oauth2/…`, `/userinfo` and `/.well-known/…`.
    @Bean
    @Order(1)
    SecurityFilterChain tokenEndpoints(HttpSecurity http, InstantSource clock) throws Exception {
        var browser = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        return http.oauth2AuthorizationServer(
                        server -> {
                            http.securityMatcher(server.getEndpointsMatcher());
                            server.oidc(withDefaults());
                        })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(failures ->
                        failures.defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"), browser))
                .addFilterAfter(new SignInStrength(clock), SecurityContextHolderFilter.class)
                .headers(Access::headers)
                .build();
    }

    /// The API: a token in each request, no session, so no cookie that another site could abuse.
    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http, ApiKeys keys, RateLimits limits, Belonging belonging)
            throws Exception {
        return http.securityMatcher("/api/**", "/actuator/**")
                .authorizeHttpRequests(Access::ofApi)
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .addFilterBefore(
                        new ApiKeyFilter(keys, limits), BearerTokenAuthenticationFilter.class)
                .oauth2ResourceServer(server ->
                        server.bearerTokenResolver(ApiKeyFilter.tokensOnly())
                                .jwt(jwt -> jwt.jwtAuthenticationConverter(authorities(belonging)))
                                .authenticationEntryPoint(Access::refuseStranger)
                                .accessDeniedHandler(Access::refuse))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint(Access::refuseStranger)
                                .accessDeniedHandler(Access::refuse))
                .headers(Access::headers)
                .build();
    }

    /// Public pages and the sign-in form, which is the only place where a cookie acts.
    @Bean
    @Order(3)
    SecurityFilterChain pages(
            HttpSecurity http,
            ServerSettings settings,
            InstantSource clock,
            Actors actors,
            Members members,
            ObjectProvider<ClientRegistrationRepository> others)
            throws Exception {
        others.ifAvailable(_ -> new OtherProvider(members).addTo(http));
        return http.authorizeHttpRequests(requests ->
                        requests.requestMatchers("/passkeys")
                                .authenticated()
                                .anyRequest()
                                .permitAll())
                .addFilterAfter(new PasskeyChange(actors, clock), CsrfFilter.class)
                .formLogin(form -> form.loginPage("/login").permitAll())
                .webAuthn(passkeys ->
                        passkeys.rpName("Wattmark")
                                .rpId(settings.baseUrl().getHost())
                                .allowedOrigins(settings.baseUrl().toString())
                                .disableDefaultRegistrationPage(true))
                .exceptionHandling(failures -> failures.accessDeniedHandler(Access::refuse))
                .headers(Access::headers)
                .build();
    }

    /// Each use of a token asks whether it still belongs to somebody who belongs here.
    private static JwtAuthenticationConverter authorities(Belonging belonging) {
        var scopes = new JwtGrantedAuthoritiesConverter();
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(token -> {
            var all = new ArrayList<GrantedAuthority>(scopes.convert(token));
            belonging
                    .now(Claims.actor(token))
                    .orElseThrow(() ->
                            new InvalidBearerTokenException("it belongs to nobody here any more"))
                    .roles()
                    .forEach(role -> all.add(new SimpleGrantedAuthority("ROLE_" + role)));
            return all;
        });
        return converter;
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(ServerSettings settings) {
        return new ImmutableJWKSet<>(new JWKSet(SigningKey.in(settings.keys())));
    }

    /// Our issuer, our audience, ES256, not expired, and an access token: each is checked.
    @Bean
    JwtDecoder accessTokens(JWKSource<SecurityContext> keys, ServerSettings settings) {
        var issuer = settings.baseUrl().toString();
        var decoder =
                NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.ES256).build();
        var rules =
                new DelegatingOAuth2TokenValidator<Jwt>(
                        JwtValidators.createDefaultWithIssuer(issuer),
                        new JwtClaimValidator<List<String>>(
                                "aud", audience -> audience != null && audience.contains(issuer)),
                        new JwtClaimValidator<Object>(Claims.TOKEN_TYPE, Claims.ACCESS::equals));
        decoder.setJwtValidator(rules);
        return new RememberedTokens(decoder, rules);
    }

    /// An observation for each filter of each request costs more than the filters do.
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    Tokens tokens(Members members, ServerSettings settings) {
        return new Tokens(members, settings.baseUrl().toString());
    }

    @Bean
    AuthorizationServerSettings authorizationServer(ServerSettings settings) {
        return AuthorizationServerSettings.builder().issuer(settings.baseUrl().toString()).build();
    }

    @Bean
    PasswordEncoder passwords() {
        return new SecretHashes();
    }

    @Bean
    RegisteredClientRepository clients(JdbcOperations jdbc) {
        return new JdbcRegisteredClientRepository(jdbc);
    }

    @Bean
    OAuth2AuthorizationService authorizations(
            JdbcOperations jdbc,
            RegisteredClientRepository clients,
            PlatformTransactionManager transactions) {
        return new Authorizations(
                new JdbcOAuth2AuthorizationService(jdbc, clients),
                new TransactionTemplate(transactions));
    }

    @Bean
    Members members(
            JdbcClient jdbc, RegisteredClientRepository clients, PasswordEncoder passwords) {
        return new Members(jdbc, clients, passwords);
    }

    @Bean
    RecoveryCodes recoveryCodes(
            JdbcClient jdbc, InstantSource clock, ApplicationEventPublisher events) {
        return new RecoveryCodes(jdbc, clock, events);
    }

    /// The session knows a person by id; the address may change.
    @Bean
    PasswordSignIn passwordSignIn(
            Members members,
            PasswordEncoder passwords,
            RecoveryCodes recovery,
            JdbcClient jdbc,
            InstantSource clock,
            ApplicationEventPublisher events) {
        return new PasswordSignIn(
                members, passwords, new SignInPauses(jdbc, clock, events), recovery);
    }

    @Bean
    PasswordTokens passwordTokens(
            PasswordSignIn signIn,
            Members members,
            JWKSource<SecurityContext> keys,
            ServerSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock) {
        return new PasswordTokens(
                signIn,
                members,
                new NimbusJwtEncoder(keys),
                settings.baseUrl().toString(),
                jdbc,
                new TransactionTemplate(transactions),
                clock);
    }

    /// For passkeys, which know their person by id.
    @Bean
    UserDetailsService people(Members members) {
        return id ->
                members.person(UUID.fromString(id))
                        .map(person ->
                                User.withUsername(person.id().toString())
                                        .password("")
                                        .authorities("ROLE_USER")
                                        .build())
                        .orElseThrow(() -> new UsernameNotFoundException("nobody"));
    }

    @Bean
    PublicKeyCredentialUserEntityRepository passkeyOwners(JdbcOperations jdbc) {
        return new JdbcPublicKeyCredentialUserEntityRepository(jdbc);
    }

    @Bean
    UserCredentialRepository passkeys(
            JdbcOperations jdbc, JdbcClient client, ApplicationEventPublisher events) {
        return new AuditedPasskeys(new JdbcUserCredentialRepository(jdbc), client, events);
    }

    @Bean
    PasskeyEndpoints passkeyEndpoints(
            JdbcClient jdbc, UserCredentialRepository passkeys, RecoveryCodes codes) {
        return new PasskeyEndpoints(jdbc, passkeys, codes);
    }

    @Bean
    ApiKeys apiKeys(JdbcClient jdbc, InstantSource clock) {
        return new ApiKeys(jdbc, clock);
    }

    @Bean
    RateLimits rateLimits(InstantSource clock) {
        return new RateLimits(clock);
    }

    @Bean
    OpenDoors openDoors(
            RateLimits limits, @Value("${wattmark.open-doors.per-minute:30}") int perMinute) {
        return new OpenDoors(limits, perMinute);
    }

    @Bean
    StepLimits stepLimits(
            @Value("${wattmark.step-up.grams:1000000}") long grams,
            @Value("${wattmark.step-up.minor-units:100000}") long minorUnits) {
        return new StepLimits(grams, minorUnits);
    }

    @Bean
    TransferLimits transferLimits(Environment settings) {
        return new TransferLimits(
                settings.getProperty(
                        "wattmark.transfers.cool-off",
                        Duration.class,
                        TransferLimits.STANDARD_COOL_OFF),
                settings.getProperty(
                        "wattmark.transfers.daily-grams",
                        Long.class,
                        TransferLimits.STANDARD_DAILY_GRAMS),
                settings.getProperty(
                        "wattmark.transfers.daily-minor-units",
                        Long.class,
                        TransferLimits.STANDARD_DAILY_MINOR_UNITS));
    }

    @Bean
    Standings standings(JdbcClient jdbc) {
        return new Standings(jdbc);
    }

    @Bean
    Plans plans(JdbcClient jdbc) {
        return new Plans(jdbc);
    }

    @Bean
    Belonging belonging(Members members) {
        return new Belonging(members);
    }

    @Bean
    Actors actors(JdbcClient jdbc, Belonging belonging, InstantSource clock) {
        return new Actors(jdbc, belonging, clock);
    }

    @Bean
    ApplicationRunner ownClient(RegisteredClientRepository clients, ServerSettings settings) {
        return _ -> SignInClient.register(clients, settings);
    }

    @Bean
    WebMvcConfigurer access(Actors actors, Standings standings) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new ActorArgument(actors));
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(
                        new EndpointRules(EndpointTable.SHIPPED, actors, standings));
            }
        };
    }

    @Bean
    Login login(ObjectProvider<ClientRegistrationRepository> others) {
        var ids = new ArrayList<String>();
        if (others.getIfAvailable() instanceof Iterable<?> registrations) {
            registrations.forEach(each -> ids.add(((ClientRegistration) each).getRegistrationId()));
        }
        return new Login(ids);
    }

    @Bean
    WhoAmI whoAmI() {
        return new WhoAmI();
    }
}
