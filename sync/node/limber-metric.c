#include "limber-metric.h"

/**
 * limber_metric_begin:
 * @type: "counter", "gauge" or "histogram"
 * @help: one line without backslashes: what is counted
 */
void
limber_metric_begin (GString *out, const char *name, const char *type, const char *help)
{
  g_string_append_printf (out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void
append_name (GString *out, const char *name, const char *labels)
{
  g_string_append (out, name);
  if (labels != NULL)
    g_string_append_printf (out, "{%s}", labels);
  g_string_append_c (out, ' ');
}

/**
 * limber_metric_integer:
 * @labels: (nullable): as they are written, of our own words alone
 */
void
limber_metric_integer (GString *out, const char *name, const char *labels, guint64 value)
{
  append_name (out, name, labels);
  g_string_append_printf (out, "%" G_GUINT64_FORMAT "\n", value);
}

/**
 * limber_metric_seconds:
 * @labels: (nullable): as they are written, of our own words alone
 */
void
limber_metric_seconds (GString *out, const char *name, const char *labels, gint64 microseconds)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  append_name (out, name, labels);
  g_string_append_printf (out, "%s\n", g_ascii_formatd (text, sizeof text, "%.6f", (double) microseconds / G_USEC_PER_SEC));
}

/**
 * limber_metric_gauge:
 *
 * A metric of one sample.
 */
void
limber_metric_gauge (GString *out, const char *name, const char *help, guint64 value)
{
  limber_metric_begin (out, name, "gauge", help);
  limber_metric_integer (out, name, NULL, value);
}
