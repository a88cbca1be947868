#include "limber-nobody.h"

struct _LimberNobody {
  GTlsDatabase parent;
};

G_DEFINE_FINAL_TYPE (LimberNobody, limber_nobody, G_TYPE_TLS_DATABASE)

static GTlsCertificateFlags
limber_nobody_verify_chain (GTlsDatabase *database, GTlsCertificate *chain, const gchar *purpose, GSocketConnectable *identity, GTlsInteraction *interaction, GTlsDatabaseVerifyFlags flags,
                            GCancellable *cancellable, GError **error)
{
  return G_TLS_CERTIFICATE_UNKNOWN_CA;
}

static void
limber_nobody_verify_chain_async (GTlsDatabase *database, GTlsCertificate *chain, const gchar *purpose, GSocketConnectable *identity, GTlsInteraction *interaction, GTlsDatabaseVerifyFlags flags,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, user_data);

  g_task_set_source_tag (task, limber_nobody_verify_chain_async);
  g_task_return_int (task, G_TLS_CERTIFICATE_UNKNOWN_CA);
}

static GTlsCertificateFlags
limber_nobody_verify_chain_finish (GTlsDatabase *database, GAsyncResult *result, GError **error)
{
  gssize flags = g_task_propagate_int (G_TASK (result), error);

  return flags < 0 ? G_TLS_CERTIFICATE_GENERIC_ERROR : (GTlsCertificateFlags) flags;
}

static void
limber_nobody_class_init (LimberNobodyClass *klass)
{
  GTlsDatabaseClass *database_class = G_TLS_DATABASE_CLASS (klass);

  database_class->verify_chain = limber_nobody_verify_chain;
  database_class->verify_chain_async = limber_nobody_verify_chain_async;
  database_class->verify_chain_finish = limber_nobody_verify_chain_finish;
}

static void
limber_nobody_init (LimberNobody *self)
{
}
