/* Figures in Prometheus' text form, version 0.0.4: a metric is said once, then its samples follow. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void limber_metric_begin   (GString *out, const char *name, const char *type, const char *help);
void limber_metric_integer (GString *out, const char *name, const char *labels, guint64 value);
void limber_metric_seconds (GString *out, const char *name, const char *labels, gint64 microseconds);
void limber_metric_gauge   (GString *out, const char *name, const char *help, guint64 value);

G_END_DECLS
