"""The vendor's columns as FHIR R4 and US Core 6.1.0, as data, and how much of US Core and USCDI they cover."""
