"""The interfaces: HTTP, web and command line. No rule of the domain lives here."""
