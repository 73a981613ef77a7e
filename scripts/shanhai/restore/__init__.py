"""Damage is undone, and every change recorded: one module a kind of damage."""
