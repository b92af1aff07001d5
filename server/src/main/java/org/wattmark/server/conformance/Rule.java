package org.wattmark.server.conformance;

/// One thing to keep to. Its id is for ever: reports name it.
interface Rule {

    String id();

    /// What is asked, in one sentence.
    String says();
}
