"""Moving in: what the homepages of other systems hold, as pages, settings and files of ours."""
