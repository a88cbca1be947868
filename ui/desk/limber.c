/* The staff program: limber --store DIR. */
#include <glib/gi18n-lib.h>
#include <locale.h>

#include "limber-application.h"
#include "limber-thrift.h"

int
main (int argc, char **argv)
{
  g_autoptr (LimberApplication) application = NULL;

  limber_thrift_begin ();
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C"); /* numbers in JSON and SQL are written with a point everywhere */
  gtk_disable_setlocale ();
  bindtextdomain (GETTEXT_PACKAGE, LIMBER_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = limber_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
