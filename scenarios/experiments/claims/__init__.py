"""Folk claims on trial: files of ``conf/claim``, played over the ensemble, also without single terms of the rules."""
