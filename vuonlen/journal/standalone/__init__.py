"""The verifier that stands alone: one file, the standard library, no code of ours. Take it along to another machine."""
