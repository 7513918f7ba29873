from importlib import import_module

Migration = import_module("ground.migrations.0001_job_runs").Migration
