"""What screens, edges and encoders see of the relay: one module for each thing that is shown."""
