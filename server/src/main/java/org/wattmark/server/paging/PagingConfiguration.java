package org.wattmark.server.paging;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PagingConfiguration {

    @Bean
    NextPageLink nextPageLink() {
        return new NextPageLink();
    }
}
