package com.portfolio.infra.architecture.planted.ports;

import com.fasterxml.jackson.databind.ObjectMapper;

public interface VendorInSignature {
    void accept(ObjectMapper mapper);
}
