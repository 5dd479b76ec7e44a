package io.coordination.spring.autoconfigure;

import io.coordination.spring.lock.WithLockConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** {@code @WithLock}. */
@AutoConfiguration(after = {CoordinationAutoConfiguration.class, AopAutoConfiguration.class})
@EnableConfigurationProperties(CoordinationProperties.class)
@Import(WithLockConfiguration.class)
public final class WithLockAutoConfiguration {}
