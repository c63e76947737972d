-- AlterEnum
ALTER TYPE "role" ADD VALUE 'supervisor';
